fn main() {
    let parsed: serde_json::Value = serde_json::from_str(r#"{"word": "json"}"#).expect("valid JSON");
    println!("hello {}", parsed["word"].as_str().expect("a string"));
}
