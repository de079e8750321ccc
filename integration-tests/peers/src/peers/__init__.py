"""What LANPO is compared with: reference values and timings of transformers and TRL, made outside the product."""
