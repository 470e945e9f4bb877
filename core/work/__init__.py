"""Use cases, one a file: what people and systems do with requests, each as one transaction."""
