//! Draining: asks for the status that [`crate::decide::drain`] says.

use super::Daemon;
use crate::{
	chain::{terminal, At, MachineId, MachineStatus},
	decide::drain::{self, Step},
	drain::Wish,
};

impl Daemon {
	/// Do what the owner's wish asks for. Whoever wishes nothing has the machine taken online once.
	pub(super) async fn heed(&mut self, at: &At, block: u64) -> anyhow::Result<()> {
		let wish = Wish::read(&self.config.data);
		self.draining = wish == Wish::Drain;
		match wish {
			Wish::Serve => {
				self.waits_for = None;
				if self.online {
					return Ok(());
				}
				self.come_online(at, block).await
			},
			Wish::Drain | Wish::Undo => {
				// Whoever undoes it later finds it as it was before the start.
				self.online = true;
				self.change(wish, at, block).await
			},
		}
	}

	async fn change(&mut self, wish: Wish, at: &At, block: u64) -> anyhow::Result<()> {
		let id = self.config.machine;
		let Some(machine) = self.chain.machine(at, id).await? else {
			return Ok(());
		};
		let calendar = self.chain.calendar(at, id).await?;
		let bookings = calendar.map_or(0, |calendar| calendar.bookings.len());
		let Some(leases) = self.open_leases else {
			return Ok(());
		};
		let status = match drain::next(wish, &machine, leases, bookings) {
			Some(Step::Draining) => MachineStatus::Draining,
			Some(Step::Offline) => MachineStatus::Offline,
			Some(Step::Online) => MachineStatus::Online,
			Some(Step::Fulfilled) => {
				tracing::info!("the drain is undone: the machine is online");
				return Ok(Wish::Serve.write(&self.config.data)?);
			},
			Some(Step::Wait(why)) => {
				if self.waits_for.replace(why) != Some(why) {
					tracing::info!(why = %why, "drains");
				}
				return Ok(());
			},
			None => return Ok(()),
		};
		let name = format!("set_status {status:?}");
		let call = terminal::transactions()
			.providers()
			.set_status(MachineId(id), status);
		self.chain.send(name, block, call).await;
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{
			terminal::runtime_types::pallet_leases::runtime_api::LeasePage, Lease, Machine, Status,
		},
		daemon::tests::{daemon, until},
		decide::samples::{self, MACHINE},
		mock_node::{at_once, encoded, Answer, MockNode},
	};
	use parking_lot::Mutex;
	use std::sync::Arc;

	/// What the chain says, as a test changes it.
	struct World {
		machine: Machine,
		leases: Vec<Lease>,
	}

	fn answer(call: &str, world: &World) -> Answer {
		let bytes = match call {
			"LeasesApi_own_leases" => encoded(
				"LeasesApi",
				"own_leases",
				LeasePage {
					leases: world.leases.clone(),
					next: None,
				},
			),
			"ProvidersApi_machine" => {
				encoded("ProvidersApi", "machine", Some(world.machine.clone()))
			},
			"AttestationApi_attestors" => return at_once(Vec::<u8>::new()),
			_ => return at_once(None::<u8>),
		};
		Box::pin(async move { bytes })
	}

	/// The bytes of `set_status` to that one.
	async fn asks(node: &MockNode, status: MachineStatus) -> Vec<u8> {
		let call = terminal::transactions()
			.providers()
			.set_status(MachineId(MACHINE), status);
		let chain = node.connect().await;
		let transactions = chain.client().transactions().await.expect("it answers");
		transactions.call_data(&call).expect("it has that call")
	}

	#[tokio::test]
	async fn a_drain_survives_a_restart_accepts_nothing_and_ends_offline() {
		let mut offered = samples::lease(Status::Offered);
		offered.id.0 = 1;
		let running = samples::lease(Status::Active);
		let mut machine = samples::machine(8);
		machine.free_units = 7;
		let world = Arc::new(Mutex::new(World {
			machine,
			leases: vec![running, offered],
		}));
		let seen = world.clone();
		let node = MockNode::new(move |call, _| answer(call, &seen.lock()));
		let draining = asks(&node, MachineStatus::Draining).await;
		let offline = asks(&node, MachineStatus::Offline).await;
		let online = asks(&node, MachineStatus::Online).await;
		let folder = tempfile::tempdir().expect("there is room");
		Wish::Drain.write(folder.path()).expect("there is room");
		// It reads the wish of before its start.
		let mut daemon = daemon(&node, folder.path()).await;
		let store = daemon.store.clone();
		let (_stopper, stop) = tokio::sync::watch::channel(false);
		let play = async {
			until("draining", || {
				node.author();
				node.has_got(&draining)
			})
			.await;
			assert!(!node.has_got(&offline), "a lease is open");
			let refused = store.refusals().expect("they are there");
			assert_eq!(refused.len(), 1, "{refused:?}");
			assert!(refused[0].0 == 1 && refused[0].1.contains("drain --undo"));
			{
				let mut world = world.lock();
				world.machine.status = MachineStatus::Draining;
				world.machine.free_units = 8;
				world.leases.clear();
			}
			until("offline", || {
				node.author();
				node.has_got(&offline)
			})
			.await;
			world.lock().machine.status = MachineStatus::Offline;
			for _ in 0..20 {
				node.author();
				tokio::time::sleep(std::time::Duration::from_millis(10)).await;
			}
			assert!(!node.has_got(&online), "it stays off");
			Wish::Undo.write(folder.path()).expect("there is room");
			until("online", || {
				node.author();
				node.has_got(&online)
			})
			.await;
			world.lock().machine.status = MachineStatus::Online;
			until("the end of the wish", || {
				node.author();
				Wish::read(folder.path()) == Wish::Serve
			})
			.await;
		};
		tokio::select! {
			ended = daemon.follow(stop) => panic!("it went on for ever: {ended:?}"),
			() = play => {},
		}
	}
}
