use super::system_log;
