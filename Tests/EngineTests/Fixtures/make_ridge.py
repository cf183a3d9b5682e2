"""Makes ridge.json: rows of two features and what ridge regression predicts of each part of the pictures
from the others, by numpy's solver. Rows weigh 1 but the last two, and the penalty is 0.3 of the weights."""

import json
from pathlib import Path

import numpy as np

ROWS = np.array([[1, 2], [2, 1], [3, 5], [4, 3], [5, 9], [6, 4.5]], dtype=float)
PICTURES = np.array([0, 0, 1, 1, 2, 2])
WEIGHTS = np.array([1, 1, 1, 1, 2, 0], dtype=float)
TARGETS = np.array([[1, 0], [1, 1], [-1, 2], [-1, 3], [1, 4], [-1, 5]], dtype=float)

design = np.hstack([(ROWS - ROWS.mean(0)) / (ROWS.std(0) + 1e-6), np.ones((len(ROWS), 1))])
predictions = np.zeros_like(TARGETS)
for part in range(3):
    own, others = PICTURES == part, (PICTURES != part) & (WEIGHTS > 0)
    chosen, weights = design[others], WEIGHTS[others][:, None]
    products = (chosen * weights).T @ chosen + 0.3 * weights.sum() * np.eye(3)
    predictions[own] = design[own] @ np.linalg.solve(products, (chosen * weights).T @ TARGETS[others])
figures = {
    "rows": ROWS.tolist(), "pictures": PICTURES.tolist(), "weights": WEIGHTS.tolist(),
    "targets": TARGETS.tolist(), "predictions": predictions.tolist()}
Path(__file__).with_name("ridge.json").write_text(json.dumps(figures) + "\n")
