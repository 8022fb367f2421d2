//! `plan-atlas token`: makes a pass that lets a member of the staff in.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::{SignedDuration, Timestamp, Unit};

use crate::cli::{For, Language, say};
use crate::grant::{Grant, Key, Pass, default_folder};

/// Options of `token`.
#[derive(Debug, Args)]
pub struct Options {
    /// 能看到什么 (what its holder sees).
    #[arg(long, value_enum, default_value = "internal")]
    audience: For,
    /// 发给谁，记入日志 (who gets it; the log names them).
    #[arg(long = "for", value_name = "NAME")]
    holder: String,
    /// 有效天数 (days that it holds).
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=3650))]
    days: i64,
    /// 密钥文件夹 (folder of the key); the one that `serve` uses unless given.
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// 数据文件夹，密钥不得在其中 (the data folder, in which no key may lie).
    #[arg(long, default_value = "geodata")]
    data: PathBuf,
    /// 提示语言 (language of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints the token alone on standard output, and what to do with it on the other.
pub fn run(options: &Options) -> ExitCode {
    let lang = options.lang.into();
    let folder = options.keys.clone().unwrap_or_else(default_folder);
    let key = match Key::open(&folder, Some(&options.data)) {
        Ok(key) => key,
        Err(error) => {
            eprintln!(
                "{}",
                say(lang, "无法发放令牌：", "no token can be made: ").to_owned()
                    + &error.to_string()
            );
            return ExitCode::FAILURE;
        }
    };
    let now = Timestamp::now();
    let since = now.round(Unit::Second).unwrap_or(now);
    let until = since + SignedDuration::from_hours(24 * options.days);
    let pass =
        Pass { audience: options.audience.into(), holder: options.holder.clone(), since, until };
    println!("{}", Grant::Pass(pass).sign(&key));
    eprintln!(
        "{}",
        say(
            lang,
            "在页面“登录”处粘贴这一行；程序用 Authorization: Bearer。凭它即可登录，请像密码一样保管。",
            "Paste this line where the page says “Sign in”; programs send it as Authorization: Bearer. Whoever has it is let in: keep it like a password.",
        )
    );
    ExitCode::SUCCESS
}
