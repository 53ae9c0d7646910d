"""`accelerate launch -m kyket_training train CONFIG`: the training commands in several processes."""

from kyket.cli import main

if __name__ == "__main__":
    main()
