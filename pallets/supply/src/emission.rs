//! How much an era emits. Pure; every division rounds down, so what is lost stays in the gap.

use crate::{Config, Event, Pallet, Parameters, Params};
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use terminal_primitives::{Balance, Moment};

/// A year of 365.25 days in milliseconds.
pub const YEAR_MS: Moment = 31_557_600_000;

/// What an era emits, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Emission {
	/// How long the era counted, in milliseconds.
	pub counted_ms: Moment,
	/// Promised to stakers.
	pub stakers: Balance,
	/// For the treasury.
	pub treasury: Balance,
	/// For verified work: not claimed by anything yet, so it stays in the gap.
	pub unclaimed: Balance,
}

/// The emission of an era of `elapsed_ms`, out of a `gap` to the cap:
/// `gap × yearly_share × min(elapsed, max_era) / year`, split by the shares.
///
/// ```
/// use pallet_supply::{era_emission, Parameters, YEAR_MS};
/// let parameters = Parameters { max_era_ms: YEAR_MS, ..Default::default() };
/// let year = era_emission(&parameters, 1_000_000, YEAR_MS);
/// assert_eq!((year.stakers, year.treasury, year.unclaimed), (84_000, 18_000, 18_000));
/// ```
pub fn era_emission(parameters: &Parameters, gap: Balance, elapsed_ms: Moment) -> Emission {
	let counted_ms = elapsed_ms.min(parameters.max_era_ms).min(YEAR_MS);
	let yearly = parameters.yearly_share.mul_floor(gap);
	// `counted_ms <= YEAR_MS`, so the quotient is at most `yearly` and always exists.
	let total = multiply_by_rational_with_rounding(
		yearly,
		counted_ms.into(),
		YEAR_MS.into(),
		Rounding::Down,
	)
	.unwrap_or_default();
	let stakers = parameters.stakers_share.mul_floor(total);
	let left = total.saturating_sub(stakers);
	// Valid shares are at most 100 % together; `min` holds whatever the parameters are.
	let treasury = parameters.treasury_share.mul_floor(total).min(left);
	Emission {
		counted_ms,
		stakers,
		treasury,
		unclaimed: left.saturating_sub(treasury),
	}
}

impl<T: Config> sp_staking::EraPayout<Balance> for Pallet<T> {
	/// Called once by staking's `end_era`, which promises the first amount to stakers and issues
	/// the second to [`crate::EraRemainder`] in the same breath.
	fn era_payout(_staked: Balance, _issuance: Balance, elapsed_ms: u64) -> (Balance, Balance) {
		let emission = era_emission(&Params::<T>::get(), Self::gap(), elapsed_ms);
		let Emission {
			counted_ms,
			stakers,
			treasury,
			unclaimed,
		} = emission;
		Self::note_promise(stakers, treasury);
		Self::deposit_event(Event::EraEmitted {
			counted_ms,
			stakers,
			treasury,
			unclaimed,
		});
		(stakers, treasury)
	}
}
