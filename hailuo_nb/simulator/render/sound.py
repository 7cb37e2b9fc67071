"""A quiet sound track: wind that swells, and a soft chord in it.

It knows waves and dice; it must not know pictures, prompts or containers. The same seed and
length give the same samples.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

Waves = NDArray[np.float64]

RATE_HZ = 48_000
PEAK = 0.12
FADE_S = 0.5
ROOTS_HZ = (110.0, 123.5, 130.8, 146.8, 164.8)
CHORD = (1.0, 1.5, 2.0, 2.5)
WIND_HZ = (60.0, 320.0)


def ambience(seed: str, duration_s: float) -> NDArray[np.float32]:
    """Return samples of shape (2, count) within ±`PEAK`, silent at both ends."""
    dice = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]))
    count = round(duration_s * RATE_HZ)
    time_s = np.arange(count) / RATE_HZ
    waves = _wind(dice, count) * _swell(dice, time_s) + 0.6 * _chord(dice, time_s)
    edge = np.minimum(time_s, duration_s - time_s) / FADE_S
    waves *= np.clip(edge, 0.0, 1.0)
    return np.asarray(waves * (PEAK / np.abs(waves).max()), np.float32)


def _wind(dice: np.random.Generator, count: int) -> Waves:
    """Return noise of two channels, by its pitches: the lowest are weak, the high ones left out."""
    low_hz, high_hz = WIND_HZ
    pitch_hz = np.arange(0, 10 * high_hz, RATE_HZ / count)
    strength = np.minimum(1.0, pitch_hz / low_hz) / (1.0 + (pitch_hz / high_hz) ** 2)
    real, imaginary = dice.standard_normal((2, 2, len(pitch_hz))) * strength
    noise = np.fft.irfft(real + 1j * imaginary, count)
    calm: Waves = noise / noise.std()
    return calm


def _swell(dice: np.random.Generator, time_s: Waves) -> Waves:
    """Return a strength that rises and falls every few seconds, from 0.3 to 1."""
    turns = time_s / dice.uniform(3.0, 6.0) + dice.uniform()
    swell: Waves = 0.65 + 0.35 * np.sin(2 * np.pi * turns)
    return swell


def _chord(dice: np.random.Generator, time_s: Waves) -> Waves:
    """Return a few tones, each coming and going at its own pace."""
    root_hz = dice.choice(ROOTS_HZ)
    tones = [
        np.sin(2 * np.pi * root_hz * step * time_s) * _swell(dice, time_s) / step for step in CHORD
    ]
    chord: Waves = np.sum(tones, axis=0)
    return chord
