"""The store: engine, transactions, migrations, files. Only this room knows the database's brand."""

from core.store.lean import begin_lean

begin_lean()
