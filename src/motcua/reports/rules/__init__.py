"""What is pure about figures: their periods, their counts, and which of them nobody is shown."""
