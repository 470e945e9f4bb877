"""What operators watch: counted where it happens, kept per process, told as one sum."""
