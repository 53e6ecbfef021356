"""Writes a file of 1 GB, and then as many as it may of 50 MB, up to 1 GB in all."""
import guess

block = b"x" * 1_000_000
left = 1_000
for size in [1_000] + [50] * 20:
    try:
        with open("big-%d" % left, "wb", buffering=0) as file:
            while size > 0 and left > 0:
                file.write(block)
                size, left = size - 1, left - 1
    except OSError as error:
        print(error)
guess.serve()
