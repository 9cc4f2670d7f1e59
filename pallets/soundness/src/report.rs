//! Rows of what was measured, one a line: `section<TAB>what<TAB>name=value…`. `scripts/soundness`
//! reads them.

use std::fmt;

/// One thing measured.
pub struct Row {
	section: &'static str,
	what: String,
	cells: Vec<(&'static str, String)>,
}

impl Row {
	pub fn new(section: &'static str, what: impl Into<String>) -> Self {
		Self {
			section,
			what: what.into(),
			cells: Vec::new(),
		}
	}

	pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
		self.cells.push((name, value.to_string()));
		self
	}

	/// A cell that must be there.
	#[cfg(test)]
	pub fn number<Number: std::str::FromStr>(&self, name: &str) -> Number {
		let found = self.cells.iter().find(|(known, _)| *known == name);
		let value = found.and_then(|(_, value)| value.parse().ok());
		value.unwrap_or_else(|| panic!("no number {name} in {self}"))
	}

	#[cfg(test)]
	pub fn is(&self, what: &str) -> bool {
		self.what == what
	}
}

impl fmt::Display for Row {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}\t{}", self.section, self.what)?;
		for (name, value) in &self.cells {
			write!(f, "\t{name}={value}")?;
		}
		Ok(())
	}
}

/// Rows in the order in which they were measured. Printed at once: a long run shows where it is.
#[derive(Default)]
pub struct Table {
	rows: Vec<Row>,
	printed: bool,
}

impl Table {
	/// One that prints each row as it comes.
	pub fn printed() -> Self {
		Self {
			rows: Vec::new(),
			printed: true,
		}
	}

	pub fn add(&mut self, row: Row) {
		if self.printed {
			println!("{row}");
		}
		self.rows.push(row);
	}

	#[cfg(test)]
	pub fn rows(&self) -> &[Row] {
		&self.rows
	}
}
