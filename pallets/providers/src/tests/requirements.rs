use super::*;
use terminal_primitives::market::{HardwareClass, MachineMatch, Requirements, Slug};

fn any_gpu() -> Requirements {
	Requirements {
		class: HardwareClass::Gpu,
		accelerators: Default::default(),
		min_memory_mib: 0,
		region: None,
		interconnect: None,
		min_driver: None,
	}
}

fn slugs(names: &[&str]) -> Vec<Slug> {
	names.iter().map(|name| text(name)).collect()
}

/// Whether the tests' machine, a region of four H100, meets what `change` makes of [`any_gpu`].
fn meets(change: impl FnOnce(&mut Requirements)) -> bool {
	let mut wanted = any_gpu();
	change(&mut wanted);
	Providers::meets(MachineId(0), &wanted)
}

#[test]
fn are_met_by_what_is_asked_for_and_better() {
	ExtBuilder::default().run(|| {
		online_machine();
		assert!(meets(|_| ()));
		assert!(meets(|wanted| *wanted = Requirements {
			class: HardwareClass::Gpu,
			accelerators: slugs(&["h200", "h100-sxm"]).try_into().unwrap(),
			min_memory_mib: 81_559,
			region: Some(text("eu-west")),
			interconnect: Some(text("nvlink-4")),
			min_driver: Some(text("nvidia-570.86")),
		}));
		assert!(meets(|wanted| wanted.min_driver = Some(text("nvidia-550"))));
	})
}

#[test]
fn are_each_needed() {
	ExtBuilder::default().run(|| {
		online_machine();
		assert!(!meets(|wanted| wanted.class = HardwareClass::Cpu));
		assert!(!meets(|wanted| {
			wanted.accelerators = slugs(&["h200", "h100"]).try_into().unwrap()
		}));
		assert!(!meets(|wanted| wanted.min_memory_mib = 81_560));
		assert!(!meets(|wanted| wanted.region = Some(text("eu"))));
		assert!(!meets(|wanted| wanted.interconnect = Some(text("nvlink-5"))));
		assert!(!meets(
			|wanted| wanted.min_driver = Some(text("nvidia-570.87"))
		));
		assert!(!meets(|wanted| wanted.min_driver = Some(text("rocm-5"))));
	})
}

#[test]
fn are_met_by_no_machine_that_is_not_there() {
	ExtBuilder::default().run(|| {
		assert!(!Providers::meets(MachineId(0), &any_gpu()));
	})
}

#[test]
fn ask_what_an_empty_name_cannot_answer() {
	ExtBuilder::default().run(|| {
		register();
		let plain = crate::Hardware {
			interconnect: Default::default(),
			driver: Default::default(),
			..hardware(1)
		};
		let registered = Providers::register_machine(
			signed(provider()),
			plain,
			agent(),
			endpoints(),
			PRICE,
			DOCUMENT,
		);
		assert_ok!(registered);
		assert!(meets(|_| ()));
		assert!(!meets(|wanted| wanted.interconnect = Some(text("nvlink-4"))));
		assert!(!meets(|wanted| wanted.min_driver = Some(text("nvidia-0"))));
	})
}
