"""The pages, one subject a file. A page object has ``get`` and ``post`` and nothing else that an address could reach."""
