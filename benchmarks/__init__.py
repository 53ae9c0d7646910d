"""How fast kyket is beside what else one would take: `python -m benchmarks` (docs/benchmarks.md)."""
