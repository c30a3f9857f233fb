#!/bin/sh
exec /opt/localstack/venv/bin/python -m localstack.runtime.main
