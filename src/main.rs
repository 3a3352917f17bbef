//! The command `forseti`: arguments in, an exit code out.

fn main() -> std::process::ExitCode {
    forseti::cli::main()
}
