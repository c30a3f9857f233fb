class Number {
    int value = 1;
}
