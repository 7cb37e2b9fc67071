"""What runs tasks: one daemon thread with one loop, from submit to saved clip.

It knows the order of the steps and the rules about money; the service and the
journal are handed to it. It publishes a frozen snapshot after every step and does
not know who looks.
"""
