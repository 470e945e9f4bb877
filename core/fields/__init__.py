"""Fields: one declaration from which column, input, cell, search condition, schema and check follow."""
