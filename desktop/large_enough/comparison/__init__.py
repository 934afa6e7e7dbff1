"""The use cases: asking several contenders the same question and recording what happened."""
