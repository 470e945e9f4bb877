"""The version of the host, which modules name their range of."""

VERSION = "0.1.0"
