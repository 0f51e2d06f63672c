"""Turn the trained network into the TF.js layers model that the page loads."""
