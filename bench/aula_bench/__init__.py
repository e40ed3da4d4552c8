"""Benchmarks of Aula with peers: see ../README.md."""
