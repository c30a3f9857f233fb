package dev.sledge.dockerfile;

/** What is wrong with a value, and what to do about it; where it stands is known by who asked. */
record Fault(String what, String fix) {}
