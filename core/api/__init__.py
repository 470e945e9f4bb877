"""The outside platform's door: JSON over HTTP, described by its own OpenAPI document."""
