"""The wire: what travels between us and the service, and how.

It knows the service's field names, hosts and ways of failing. It must not know
who asks, when to ask again, or what is shown; importing it stays light, since
the HTTP library comes with `hailuo_nb.kie.client` alone.
"""
