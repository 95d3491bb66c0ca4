"""Names for the arrays that `inference` passes around; all are float32."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Audio: TypeAlias = npt.NDArray[np.float32]  # (channels, frames), -1..1
Latents: TypeAlias = npt.NDArray[np.float32]  # (latent frames, channels)
