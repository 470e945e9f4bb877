"""Pages for the people of the court: CherryPy behind one gate, Jinja templates, forms from declarations."""
