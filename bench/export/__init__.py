"""What exports cost, beside a bare scan of the same rows, and beside Label Studio."""
