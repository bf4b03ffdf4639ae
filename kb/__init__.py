"""What do the papers say? Meeting papers in, cited answers out; see docs/architecture.md."""
