//! Puts the version that `--version` and `system_version` show into the build.

use substrate_build_script_utils::generate_cargo_keys;

/// Set by release images to the commit they are built from.
const COMMIT: &str = "SUBSTRATE_CLI_GIT_COMMIT_HASH";

fn main() {
	println!("cargo:rerun-if-env-changed={COMMIT}");
	println!("cargo:rerun-if-changed=build.rs");
	// Asking git here would either rebuild the node (minutes) at every commit or show a stale hash.
	// Without the variable the version is that of the crate.
	if std::env::var_os(COMMIT).is_none() {
		std::env::set_var(COMMIT, "");
	}
	generate_cargo_keys();
}
