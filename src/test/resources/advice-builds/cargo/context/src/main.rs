mod number;

fn main() {
    println!("{}", itoa::Buffer::new().format(number::NUMBER));
}
