"""What a recipient asks to have changed about a need: less of it, a pause, or to go on after one."""
