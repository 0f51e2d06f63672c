"""The networks, and what their answers mean: calibration, refusal, the model that ships."""
