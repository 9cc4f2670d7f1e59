use super::*;
use wasm_encoder::{
	CodeSection, ConstExpr, CustomSection, Function, FunctionSection, GlobalSection, GlobalType,
	Instruction, TypeSection, ValType,
};

/// A module with one function `i32 -> i32` of these instructions, and these custom sections.
fn module(body: &[Instruction<'_>], customs: &[(&str, &[u8])]) -> Vec<u8> {
	let mut module = Module::new();
	let mut types = TypeSection::new();
	types.ty().function([ValType::I32], [ValType::I32]);
	let mut functions = FunctionSection::new();
	functions.function(0);
	let mut globals = GlobalSection::new();
	let ty = GlobalType {
		val_type: ValType::I32,
		mutable: true,
		shared: false,
	};
	globals.global(ty, &ConstExpr::i32_const(0));
	let mut function = Function::new([]);
	for instruction in body {
		function.instruction(instruction);
	}
	function.instruction(&Instruction::End);
	let mut code = CodeSection::new();
	code.function(&function);
	module
		.section(&types)
		.section(&functions)
		.section(&globals)
		.section(&code);
	for (name, data) in customs {
		module.section(&CustomSection {
			name: (*name).into(),
			data: (*data).into(),
		});
	}
	module.finish()
}

fn plain() -> Vec<Instruction<'static>> {
	vec![Instruction::LocalGet(0)]
}

/// A folder of its own for each test.
fn folder(test: &str) -> PathBuf {
	let folder = std::env::temp_dir().join(format!("wasm-opt-{test}-{}", std::process::id()));
	fs::create_dir_all(&folder).expect("the temporary folder can be made");
	folder
}

fn compact(blob: &[u8], test: &str) -> Result<Vec<u8>, Error> {
	let folder = folder(test);
	let (from, to) = (folder.join("in.wasm"), folder.join("out.wasm"));
	fs::write(&from, blob).expect("the temporary folder can be written");
	// Exactly the builder's chain.
	let result = OptimizationOptions::new_opt_level_0()
		.mvp_features_only()
		.debug_info(true)
		.add_pass(Pass::StripDwarf)
		.add_pass(Pass::SignextLowering)
		.run(&from, &to)
		.map(|()| fs::read(&to).expect("the output was written"));
	fs::remove_dir_all(folder).expect("the temporary folder can be removed");
	result
}

#[test]
fn drops_debug_sections_and_keeps_every_other_byte() {
	let kept: &[(&str, &[u8])] = &[
		("runtime_version", b"v1"),
		("name", &[]),
		("debug", b"mine"),
	];
	let with: Vec<_> = [(".debug_info", &b"dwarf"[..])]
		.into_iter()
		.chain(kept.iter().copied())
		.chain([(".debug_str", &b"more"[..])])
		.collect();
	let made = compact(&module(&plain(), &with), "strips").expect("the module is MVP");
	assert_eq!(made, module(&plain(), kept));
}

#[test]
fn without_strip_dwarf_writes_the_same_file_in_place() {
	let folder = folder("in-place");
	let path = folder.join("blob.wasm");
	let blob = module(&plain(), &[(".debug_info", b"dwarf")]);
	fs::write(&path, &blob).expect("the temporary folder can be written");
	OptimizationOptions::new_opt_level_0()
		.add_pass(Pass::SignextLowering)
		.debug_info(true)
		.run(&path, &path)
		.expect("the module is MVP");
	assert_eq!(fs::read(&path).expect("the output was written"), blob);
	fs::remove_dir_all(folder).expect("the temporary folder can be removed");
}

#[test]
fn refuses_sign_extension_and_says_what_to_do() {
	let blob = module(&[Instruction::LocalGet(0), Instruction::I32Extend8S], &[]);
	let error = compact(&blob, "sign-extension").expect_err("sign extension is beyond the MVP");
	let text = format!("{error:?}");
	assert!(text.contains("sign extension"), "{text}");
	assert!(text.contains("wasm32v1-none"), "{text}");
}

#[test]
fn refuses_every_other_extension() {
	let saturating = [
		Instruction::LocalGet(0),
		Instruction::F32ConvertI32S,
		Instruction::I32TruncSatF32S,
	];
	let bulk = [
		Instruction::I32Const(0),
		Instruction::I32Const(0),
		Instruction::I32Const(0),
		Instruction::MemoryFill(0),
		Instruction::LocalGet(0),
	];
	for body in [&saturating[..], &bulk[..]] {
		let error = compact(&module(body, &[]), "extensions").expect_err("beyond the MVP");
		assert!(matches!(error, Error::NotMvp { .. }), "{error}");
	}
}

#[test]
fn refuses_what_is_no_module() {
	for bytes in [&b""[..], b"\0asm", b"\0asm\x01\0\0\0\x01\xff", b"ELF"] {
		let error = compact(bytes, "no-module").expect_err("not a module");
		assert!(matches!(error, Error::NotMvp { .. }), "{error}");
	}
}

#[test]
fn names_a_file_that_is_not_there() {
	let missing = folder("missing").join("none.wasm");
	let error = OptimizationOptions::new_opt_level_0()
		.run(&missing, &missing)
		.unwrap_err();
	assert!(format!("{error:?}").contains("none.wasm"));
	fs::remove_dir_all(missing.parent().expect("it has a folder")).expect("it can be removed");
}
