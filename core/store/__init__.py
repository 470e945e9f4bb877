"""The store: engine, transactions, migrations, files. Only this room knows the database's brand."""
