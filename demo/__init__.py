"""The demo: two fictional courts with a past, made by the same use cases that serve real ones."""

from demo.gateway import stop_gateway as stop_gateway
from demo.prepare import prepare as prepare
from demo.prepare import start_gateway as start_gateway
from demo.told import write_demo_json as write_demo_json
