package main

const number = 1
