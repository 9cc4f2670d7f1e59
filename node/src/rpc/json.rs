//! How views look in JSON: exact amounts, hashes as people read them.

use serde::{
	de,
	ser::{self, Error as _},
	Deserialize, Deserializer, Serialize, Serializer,
};
use serde_json::{Error, Map, Value};
use std::cell::Cell;

/// Shows a view of the runtime in JSON as a client needs it:
///
/// - 128-bit numbers are decimal strings: amounts are in base units, 10⁻¹² TCT, and soon exceed
///   2⁵³, above which JavaScript's numbers lose digits;
/// - byte arrays are `0x` and hex;
/// - everything else (ids, times, counts) stays what serde makes of it.
#[derive(Clone, Debug)]
pub struct Exact<T>(pub T);

impl<T: Serialize> Serialize for Exact<T> {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		to_value(&self.0)
			.map_err(S::Error::custom)?
			.serialize(serializer)
	}
}

fn to_value(value: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
	value.serialize(ToValue(&Cell::new(false)))
}

/// An amount as an argument: a decimal string, or a number where that is exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount(pub u128);

impl<'de> Deserialize<'de> for Amount {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		// By way of a value: serde_json may be built to keep numbers as text, which only it can read.
		let value = Value::deserialize(deserializer)?;
		let amount = match &value {
			Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
				text.parse().ok()
			},
			Value::Number(number) => number.as_u64().map(u128::from),
			Value::Null
			| Value::Bool(_)
			| Value::String(_)
			| Value::Array(_)
			| Value::Object(_) => None,
		};
		amount.map(Amount).ok_or_else(|| {
			de::Error::custom(format!(
				"{value} is no amount: write base units as a decimal string, for example \
				 \"1500000000000\""
			))
		})
	}
}

/// Serialises into a [`Value`]; the cell tells the caller whether it was one byte.
struct ToValue<'a>(&'a Cell<bool>);

/// Methods for scalars that need no care.
macro_rules! plain {
	($($method:ident: $type:ty),*) => {
		$(fn $method(self, value: $type) -> Result<Value, Error> {
			Ok(Value::from(value))
		})*
	};
}

impl Serializer for ToValue<'_> {
	type Ok = Value;
	type Error = Error;
	type SerializeSeq = List;
	type SerializeTuple = List;
	type SerializeTupleStruct = List;
	type SerializeTupleVariant = Variant<List>;
	type SerializeMap = Object;
	type SerializeStruct = Object;
	type SerializeStructVariant = Variant<Object>;

	plain! {
		serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
		serialize_i64: i64, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
		serialize_f32: f32, serialize_f64: f64, serialize_str: &str
	}

	fn serialize_u8(self, value: u8) -> Result<Value, Error> {
		self.0.set(true);
		Ok(Value::from(value))
	}

	fn serialize_u128(self, value: u128) -> Result<Value, Error> {
		Ok(Value::String(value.to_string()))
	}

	fn serialize_i128(self, value: i128) -> Result<Value, Error> {
		Ok(Value::String(value.to_string()))
	}

	fn serialize_char(self, value: char) -> Result<Value, Error> {
		Ok(Value::String(value.into()))
	}

	fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, Error> {
		Ok(Value::String(sp_core::bytes::to_hex(bytes, false)))
	}

	fn serialize_none(self) -> Result<Value, Error> {
		Ok(Value::Null)
	}

	fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Error> {
		to_value(value)
	}

	fn serialize_unit(self) -> Result<Value, Error> {
		Ok(Value::Null)
	}

	fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Error> {
		Ok(Value::Null)
	}

	fn serialize_unit_variant(
		self,
		_: &'static str,
		_: u32,
		variant: &'static str,
	) -> Result<Value, Error> {
		Ok(Value::from(variant))
	}

	fn serialize_newtype_struct<T: Serialize + ?Sized>(
		self,
		_: &'static str,
		value: &T,
	) -> Result<Value, Error> {
		to_value(value)
	}

	fn serialize_newtype_variant<T: Serialize + ?Sized>(
		self,
		_: &'static str,
		_: u32,
		variant: &'static str,
		value: &T,
	) -> Result<Value, Error> {
		Ok(tagged(variant, to_value(value)?))
	}

	fn serialize_seq(self, _: Option<usize>) -> Result<List, Error> {
		Ok(List::default())
	}

	fn serialize_tuple(self, _: usize) -> Result<List, Error> {
		Ok(List::default())
	}

	fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, Error> {
		Ok(List::default())
	}

	fn serialize_tuple_variant(
		self,
		_: &'static str,
		_: u32,
		variant: &'static str,
		_: usize,
	) -> Result<Variant<List>, Error> {
		Ok(Variant {
			name: variant,
			content: List::default(),
		})
	}

	fn serialize_map(self, _: Option<usize>) -> Result<Object, Error> {
		Ok(Object::default())
	}

	fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, Error> {
		Ok(Object::default())
	}

	fn serialize_struct_variant(
		self,
		_: &'static str,
		_: u32,
		variant: &'static str,
		_: usize,
	) -> Result<Variant<Object>, Error> {
		Ok(Variant {
			name: variant,
			content: Object::default(),
		})
	}
}

fn tagged(variant: &str, content: Value) -> Value {
	Value::Object(Map::from_iter([(variant.to_string(), content)]))
}

/// A list on its way: the bytes are kept as long as there is nothing else in it.
#[derive(Default)]
struct List {
	items: Vec<Value>,
	bytes: Vec<u8>,
}

impl List {
	fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
		let is_byte = Cell::new(false);
		let item = item.serialize(ToValue(&is_byte))?;
		let byte = item.as_u64().and_then(|number| u8::try_from(number).ok());
		if let (true, Some(byte)) = (is_byte.get(), byte) {
			self.bytes.push(byte);
		}
		self.items.push(item);
		Ok(())
	}

	fn finish(self) -> Value {
		if !self.bytes.is_empty() && self.bytes.len() == self.items.len() {
			return Value::String(sp_core::bytes::to_hex(&self.bytes, false));
		}
		Value::Array(self.items)
	}
}

/// An object on its way.
#[derive(Default)]
struct Object {
	fields: Map<String, Value>,
	key: String,
}

impl Object {
	fn insert<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Error> {
		self.fields.insert(key.into(), to_value(value)?);
		Ok(())
	}
}

/// An enum's variant with content.
struct Variant<Content> {
	name: &'static str,
	content: Content,
}

/// The three traits of lists and the two of variants differ in a method's name only.
macro_rules! list {
	($trait:ident, $method:ident) => {
		impl ser::$trait for List {
			type Ok = Value;
			type Error = Error;

			fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
				self.push(item)
			}

			fn end(self) -> Result<Value, Error> {
				Ok(self.finish())
			}
		}
	};
}

list!(SerializeSeq, serialize_element);
list!(SerializeTuple, serialize_element);
list!(SerializeTupleStruct, serialize_field);

impl ser::SerializeTupleVariant for Variant<List> {
	type Ok = Value;
	type Error = Error;

	fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
		self.content.push(item)
	}

	fn end(self) -> Result<Value, Error> {
		Ok(tagged(self.name, self.content.finish()))
	}
}

impl ser::SerializeStruct for Object {
	type Ok = Value;
	type Error = Error;

	fn serialize_field<T: Serialize + ?Sized>(
		&mut self,
		key: &'static str,
		value: &T,
	) -> Result<(), Error> {
		self.insert(key, value)
	}

	fn end(self) -> Result<Value, Error> {
		Ok(Value::Object(self.fields))
	}
}

impl ser::SerializeStructVariant for Variant<Object> {
	type Ok = Value;
	type Error = Error;

	fn serialize_field<T: Serialize + ?Sized>(
		&mut self,
		key: &'static str,
		value: &T,
	) -> Result<(), Error> {
		self.content.insert(key, value)
	}

	fn end(self) -> Result<Value, Error> {
		Ok(tagged(self.name, Value::Object(self.content.fields)))
	}
}

impl ser::SerializeMap for Object {
	type Ok = Value;
	type Error = Error;

	fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
		self.key = match to_value(key)? {
			Value::String(text) => text,
			Value::Number(number) => number.to_string(),
			other => return Err(Error::custom(format!("not a key: {other}"))),
		};
		Ok(())
	}

	fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
		let key = std::mem::take(&mut self.key);
		self.insert(&key, value)
	}

	fn end(self) -> Result<Value, Error> {
		Ok(Value::Object(self.fields))
	}
}

#[cfg(test)]
mod tests;
