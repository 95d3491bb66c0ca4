"""From regions to takes: requests, the queue, the quality gate, recipes and their verification."""
