//! The votes of one attempt at a verdict, and what they come to. Pure: no storage, no clock.

use crate::types::{Indices, MAX_ATTESTORS, MAX_DISPUTED};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A recorded vote, without what it named.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Ballot {
	/// Voted Pass.
	#[codec(index = 0)]
	Pass,
	/// Voted Fail with a valid proof.
	#[codec(index = 1)]
	Fail,
	/// Voted Fail with a proof that proves nothing: counts as absent.
	#[codec(index = 2)]
	Unproven,
	/// Voted Unavailable.
	#[codec(index = 3)]
	Unavailable,
}

/// The votes of one attempt. Whatever is counted is counted from them, so that a vote that decides
/// nothing is one write.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Ballots {
	/// Seats and how they voted, in the order of the votes.
	pub cast: BoundedVec<(u8, Ballot), ConstU32<MAX_ATTESTORS>>,
	/// What the Unavailables among them named, ascending, the first 150 kept.
	pub named: Indices<MAX_DISPUTED>,
}

impl Ballots {
	/// How the seat voted, if it did.
	pub fn of(&self, seat: usize) -> Option<Ballot> {
		let mut cast = self.cast.iter();
		cast.find(|(by, _)| usize::from(*by) == seat)
			.map(|(_, ballot)| *ballot)
	}

	/// How many voted so.
	pub fn count(&self, wanted: Ballot) -> u32 {
		let cast = self.cast.iter();
		let count = cast.filter(|(_, ballot)| *ballot == wanted).count();
		u32::try_from(count).unwrap_or(u32::MAX)
	}

	/// Enter the vote of a seat that has not voted, and the leaves it names. Fails when all seats
	/// that there can be have voted.
	#[allow(clippy::result_unit_err)]
	pub fn enter(&mut self, seat: u8, ballot: Ballot, named: &[u32]) -> Result<(), ()> {
		self.cast.try_push((seat, ballot)).map_err(|_| ())?;
		merge(&mut self.named, named);
		Ok(())
	}
}

/// Add indices, keep the list ascending; once it is full the rest is not disputed.
pub fn merge(named: &mut Indices<MAX_DISPUTED>, more: &[u32]) {
	for index in more {
		if let Err(place) = named.binary_search(index) {
			if named.try_insert(place, *index).is_err() {
				return;
			}
		}
	}
}
