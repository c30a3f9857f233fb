const { format } = require("date-fns");

console.log(`hello ${format(new Date(2025, 7, 9), "EEEE")}`);
