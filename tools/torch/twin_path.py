"""Makes the modules of the twin (`twin/models.py`, `twin/safetensors_io.py`) importable: the fixtures are computed by what a person gets."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "twin"))
