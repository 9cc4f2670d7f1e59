//! The chain as the daemon sees it: what it reads at a block; `chain/` has how it sends calls.

mod nonces;
mod send;

use crate::decide::prices::AssetPrice;
use anyhow::Context;
use send::Outbox;
use std::sync::Arc;
use subxt::{
	config::SubstrateConfig,
	rpcs::{methods::LegacyRpcMethods, RpcClient},
	utils::AccountId32,
	OnlineClient,
};
use subxt_signer::sr25519::Keypair;
use terminal_gpu_proof::muster;

/// Types made from the runtime's metadata: `scripts/metadata` writes the file.
#[allow(missing_docs, clippy::all, unreachable_patterns)]
#[subxt::subxt(
	runtime_metadata_path = "../clients/metadata/terminal.scale",
	derive_for_all_types = "Clone, PartialEq",
	substitute_type(
		path = "terminal_gpu_proof::result::Leaf",
		with = "::subxt::utils::Static<terminal_gpu_proof::result::Leaf>"
	),
	substitute_type(
		path = "terminal_primitives::market::JobSpec",
		with = "::subxt::utils::Static<terminal_primitives::market::JobSpec>"
	)
)]
pub mod terminal {}

use terminal::runtime_types as types;
pub use types::{
	pallet_attestation::{
		runtime_api::{AttestorView, ChallengeView, PhaseView, TaskView},
		types::PresencePhase,
	},
	pallet_leases::{
		runtime_api::{LeaseView, MeteredView, Status, Which},
		types::{Pause, ProviderRecord, Receipt, Side},
	},
	pallet_market::{
		params::Parameters as MarketParameters,
		runtime_api::{OrderStatus, OrderView},
		types::{Bid, OrderId, Reservation, ReservationId, ReservationState},
	},
	pallet_muster::types::{
		Calibration, CalledView as Called, Phase as MusterPhase, StandingView as Standing,
	},
	pallet_providers::{
		runs::Run,
		runtime_api::{CalendarView, MachineView, UptimeView},
	},
	terminal_primitives::{
		ids::{LeaseId, MachineId},
		market::MachineStatus,
	},
};

/// The client's configuration.
pub type Config = SubstrateConfig;
/// A client that reads at one block.
pub type At = subxt::client::OnlineClientAtBlock<Config>;
/// A lease with its parties.
pub type Lease = LeaseView<AccountId32>;
/// A machine with its accounts.
pub type Machine = MachineView<AccountId32>;
/// An order with its bids.
pub type Order = OrderView<AccountId32>;
/// A reservation with its parties.
pub type Booked = Reservation<AccountId32>;
/// A task with its parties.
pub type Task = TaskView<AccountId32>;

/// One connection and the key that signs.
pub struct Chain {
	client: OnlineClient<Config>,
	rpc: LegacyRpcMethods<SubstrateRpc>,
	signer: Keypair,
	outbox: Outbox,
}

type SubstrateRpc = subxt::config::RpcConfigFor<Config>;

impl Chain {
	/// Connect to one node.
	pub async fn connect(node: &str, signer: Keypair) -> anyhow::Result<Arc<Self>> {
		let rpc = RpcClient::from_insecure_url(node)
			.await
			.with_context(|| format!("cannot reach {node}: is a node listening there?"))?;
		Self::over(rpc, signer)
			.await
			.with_context(|| format!("{node} answers, but not like a node of this chain"))
	}

	/// Over a connection that there is.
	pub async fn over(rpc: RpcClient, signer: Keypair) -> anyhow::Result<Arc<Self>> {
		let client = OnlineClient::<Config>::from_rpc_client(rpc.clone()).await?;
		Ok(Arc::new(Self {
			client,
			rpc: LegacyRpcMethods::new(rpc),
			signer,
			outbox: Outbox::default(),
		}))
	}

	/// The hash of block zero.
	pub fn genesis(&self) -> [u8; 32] {
		self.client.genesis_hash().0
	}

	/// The hot key's account.
	pub fn agent(&self) -> AccountId32 {
		self.signer.public_key().to_account_id()
	}

	/// The client, for streams.
	pub fn client(&self) -> &OnlineClient<Config> {
		&self.client
	}

	/// A machine, if it is registered.
	pub async fn machine(&self, at: &At, machine: u64) -> anyhow::Result<Option<Machine>> {
		let call = terminal::runtime_apis()
			.providers_api()
			.machine(MachineId(machine));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// What a machine has proven.
	pub async fn uptime(&self, at: &At, machine: u64) -> anyhow::Result<Option<UptimeView>> {
		let call = terminal::runtime_apis()
			.providers_api()
			.uptime(MachineId(machine));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// What a machine costs in assets, base units per second and unit.
	pub async fn asset_prices(&self, at: &At, machine: u64) -> anyhow::Result<Vec<AssetPrice>> {
		let prices = terminal::storage().providers().asset_prices();
		let found = at
			.storage()
			.try_fetch(prices, (MachineId(machine),))
			.await?;
		Ok(match found {
			Some(value) => value.decode()?.0,
			None => Vec::new(),
		})
	}

	/// The machine's open presence challenge.
	pub async fn challenge(&self, at: &At, machine: u64) -> anyhow::Result<Option<ChallengeView>> {
		let call = terminal::runtime_apis()
			.attestation_api()
			.open_challenge(MachineId(machine));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// What the machine has to do for a muster.
	pub async fn called(&self, at: &At, machine: u64) -> anyhow::Result<Option<Called>> {
		let call = terminal::runtime_apis()
			.muster_api()
			.called(MachineId(machine));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// What a machine has proven of its units, if it is registered.
	pub async fn standing(&self, at: &At, machine: u64) -> anyhow::Result<Option<Standing>> {
		let call = terminal::runtime_apis()
			.muster_api()
			.standing(MachineId(machine));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// The attestation task of a lease.
	pub async fn task(&self, at: &At, lease: u64) -> anyhow::Result<Option<Task>> {
		let call = terminal::runtime_apis()
			.attestation_api()
			.task_of(LeaseId(lease));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// The session's validators that hold an attestor's bond.
	pub async fn attestors(&self, at: &At) -> anyhow::Result<Vec<AttestorView<AccountId32>>> {
		let call = terminal::runtime_apis().attestation_api().attestors();
		Ok(at.runtime_apis().call(call).await?)
	}

	/// The leases that an account provides, `which` of them, and that `keep` lets through, ascending:
	/// those of every page to the last, since pages come in no particular order.
	pub async fn leases(
		&self,
		at: &At,
		account: &AccountId32,
		which: Which,
		keep: impl Fn(&Lease) -> bool,
	) -> anyhow::Result<Vec<Lease>> {
		let mut found = to_the_end(async |from: Option<LeaseId>| {
			let call = terminal::runtime_apis().leases_api().own_leases(
				*account,
				Some(Side::Provider),
				which.clone(),
				from,
				PAGE,
			);
			let mut page = at.runtime_apis().call(call).await?;
			page.leases.retain(&keep);
			Ok((page.leases, page.next))
		})
		.await?;
		found.sort_unstable_by_key(|lease| lease.id.0);
		Ok(found)
	}

	/// One lease, if the chain still knows it.
	pub async fn lease(&self, at: &At, lease: u64) -> anyhow::Result<Option<Lease>> {
		let call = terminal::runtime_apis().leases_api().lease(LeaseId(lease));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// What became of the leases that an account provided.
	pub async fn record(&self, at: &At, account: &AccountId32) -> anyhow::Result<ProviderRecord> {
		let call = terminal::runtime_apis().leases_api().record_of(*account);
		Ok(at.runtime_apis().call(call).await?.provider)
	}

	/// What is lent and booked of a machine, if it is registered.
	pub async fn calendar(&self, at: &At, machine: u64) -> anyhow::Result<Option<CalendarView>> {
		let call = terminal::runtime_apis()
			.providers_api()
			.calendar(MachineId(machine));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// A page of the orders that a machine could bid on from number `from` on, and where the next
	/// one begins.
	pub async fn orders(
		&self,
		at: &At,
		machine: u64,
		from: u64,
	) -> anyhow::Result<(Vec<Order>, Option<u64>)> {
		let call = terminal::runtime_apis().market_api().orders(
			Some(MachineId(machine)),
			OrderId(from),
			PAGE,
		);
		let page = at.runtime_apis().call(call).await?;
		Ok((page.orders, page.next.map(|next| next.0)))
	}

	/// One order.
	pub async fn order(&self, at: &At, order: u64) -> anyhow::Result<Option<Order>> {
		let call = terminal::runtime_apis().market_api().order(OrderId(order));
		Ok(at.runtime_apis().call(call).await?)
	}

	/// What the market asks and how long its blocks take.
	pub async fn market_params(&self, at: &At) -> anyhow::Result<MarketParameters> {
		let params = terminal::storage().market().params();
		Ok(at.storage().fetch(params, ()).await?.decode()?)
	}

	/// The numbers of an account's reservations.
	pub async fn reservations_of(
		&self,
		at: &At,
		account: &AccountId32,
	) -> anyhow::Result<Vec<u64>> {
		let index = terminal::storage().market().reservations_of();
		let mut entries = at.storage().iter(index, (*account,)).await?;
		let mut found = Vec::new();
		while let Some(entry) = entries.next().await {
			let (_, id) = entry?.key()?.decode()?;
			found.push(id.0);
		}
		Ok(found)
	}

	/// One reservation.
	pub async fn reservation(&self, at: &At, id: u64) -> anyhow::Result<Option<Booked>> {
		let reservations = terminal::storage().market().reservations();
		let found = at
			.storage()
			.try_fetch(reservations, (ReservationId(id),))
			.await?;
		Ok(found.map(|value| value.decode()).transpose()?)
	}

	/// Free balance of an account, base units.
	pub async fn balance(&self, at: &At, account: AccountId32) -> anyhow::Result<u128> {
		let accounts = terminal::storage().system().account();
		let found = at.storage().try_fetch(accounts, (account,)).await?;
		Ok(match found {
			Some(value) => value.decode()?.data.free,
			None => 0,
		})
	}
}

/// The most that one page holds: the runtime's own limit.
const PAGE: u32 = 100;

/// What lies on all pages: `read` is asked for the first with nothing, then for each that the one
/// before names. A page may be empty and not the last. A node that names the page it was asked for
/// would go on for ever: an error.
async fn to_the_end<T, From: Clone + PartialEq>(
	read: impl AsyncFn(Option<From>) -> anyhow::Result<(Vec<T>, Option<From>)>,
) -> anyhow::Result<Vec<T>> {
	let mut found = Vec::new();
	let mut from = None;
	loop {
		let (page, next) = read(from.clone()).await?;
		found.extend(page);
		if next.is_none() {
			return Ok(found);
		}
		anyhow::ensure!(
			next != from,
			"the node's pages go in a circle: ask another node"
		);
		from = next;
	}
}

pub use types::pallet_leases::runtime_api::JobDetails;

/// A piece of a product, as the call takes it.
pub fn piece(
	entries: [i32; terminal_gpu_proof::product::PIECE],
	path: Vec<[u8; 32]>,
) -> types::pallet_attestation::types::Piece {
	types::pallet_attestation::types::Piece {
		entries,
		path: bounded(path),
	}
}

impl Called {
	/// The muster's number.
	pub fn id(&self) -> u64 {
		self.summons.muster.0
	}

	/// What is to be computed.
	pub fn shape(&self) -> muster::Shape {
		shape(&self.summons.shape)
	}

	/// The entries to be shown, once they are drawn.
	pub fn drawn(&self) -> Option<Vec<muster::Drawn>> {
		let drawn = self.drawn.as_ref()?;
		let entry = |one: &types::terminal_gpu_proof::muster::Drawn| muster::Drawn {
			unit: one.unit,
			step: one.step,
			row: one.row,
			column: one.column,
		};
		Some(drawn.iter().map(entry).collect())
	}
}

impl Standing {
	/// The work that its units' name asks of a machine with so many units, if any.
	pub fn shape(&self, units: u32) -> Option<muster::Shape> {
		let grade = self.grade.as_ref()?;
		Some(muster::Shape {
			n: grade.n,
			steps: grade.steps,
			units,
		})
	}
}

fn shape(shape: &types::terminal_gpu_proof::muster::Shape) -> muster::Shape {
	muster::Shape {
		n: shape.n,
		steps: shape.steps,
		units: shape.units,
	}
}

/// Openings of a muster, as the call takes them.
pub fn openings(
	openings: Vec<muster::Opening>,
) -> types::bounded_collections::bounded_vec::BoundedVec<types::pallet_muster::types::Shown> {
	let shown = |one: muster::Opening| types::pallet_muster::types::Shown {
		line: bounded(one.line),
		line_path: bounded(one.line_path),
		before_path: bounded(one.before_path),
		piece: bounded(one.piece),
		piece_path: bounded(one.piece_path),
		step_path: bounded(one.step_path),
	};
	bounded(openings.into_iter().map(shown).collect())
}

/// The runtime's bounded list. Its bound is checked there.
pub fn bounded<T>(list: Vec<T>) -> types::bounded_collections::bounded_vec::BoundedVec<T> {
	types::bounded_collections::bounded_vec::BoundedVec(list)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn pages_are_read_to_the_last_also_past_an_empty_one() {
		let pages = |from: Option<u64>| match from {
			None => (vec![7, 3], Some(5)),
			Some(5) => (vec![], Some(9)),
			Some(9) => (vec![1], None),
			other => panic!("{other:?} was never named"),
		};
		let found = to_the_end(async |from| Ok(pages(from))).await;
		assert_eq!(found.expect("there is a last page"), [7, 3, 1]);
	}

	#[tokio::test]
	async fn pages_that_go_in_a_circle_are_an_error() {
		let found = to_the_end(async |_: Option<u64>| Ok((vec![1], Some(5)))).await;
		let error = found.expect_err("page 5 follows page 5").to_string();
		assert!(error.contains("circle"), "{error}");
	}

	#[tokio::test]
	async fn a_page_that_fails_fails_all() {
		let read = async |from: Option<u64>| match from {
			None => Ok((vec![1], Some(5))),
			Some(_) => Err(anyhow::anyhow!("gone")),
		};
		assert!(to_the_end(read).await.is_err());
	}
}
