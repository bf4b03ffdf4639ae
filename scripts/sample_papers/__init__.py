"""The sample papers of an invented police and crime panel: sources, and what turns them into files."""
