class App {
    @javax.inject.Inject
    Number it;
}
