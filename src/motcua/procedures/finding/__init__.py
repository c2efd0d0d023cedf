"""Finding records by what people type: pure, without a database (docs/decisions/0011)."""
