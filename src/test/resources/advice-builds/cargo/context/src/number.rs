pub const NUMBER: u8 = 1;
